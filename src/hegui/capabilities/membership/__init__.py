"""Membership (加入与退出): a person comes in by an invitation and leaves by their own word."""

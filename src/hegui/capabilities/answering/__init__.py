"""Answering (问答): finds the duty for a question and states it with its articles, or says that it cannot."""

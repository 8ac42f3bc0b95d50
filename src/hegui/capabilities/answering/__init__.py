"""Answering (问答): finds the duty for a question in plain words, states it with its articles, or says that it cannot."""

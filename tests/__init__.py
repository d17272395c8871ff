"""Tests of gongkai: what the reader must read, and what it must never say."""

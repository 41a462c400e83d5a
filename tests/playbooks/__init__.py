"""Tests of the playbook loader."""

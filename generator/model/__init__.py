"""The values that flow between the stages.

All are frozen; nothing here imports beyond the standard library.
"""

"""The desk: opens batches inside the centre, keeps its register in a vault, answers with receipts, counts."""

"""The mailbox: takes sealed batches, answers with signed ``stored`` receipts, and holds no key that opens anything."""

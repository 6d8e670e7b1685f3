-- What waits is found by one look into an index for each note: batches that do not count are few, and asked for once.

CREATE INDEX batches_given_up ON batches(epoch, seq) WHERE voided_at IS NOT NULL;
CREATE INDEX batch_records_put_aside ON batch_records(reason, record_id, version) WHERE outcome = 'quarantined';

DROP VIEW live_batch_records;

CREATE VIEW batches_not_counting AS      -- rejected, to be sealed again, or given up
SELECT b.epoch, b.seq FROM batches b WHERE b.voided_at IS NOT NULL
UNION ALL
SELECT b.epoch, b.seq FROM receipts x JOIN batches b ON b.sha512 = x.sha512 WHERE x.kind IN ('rejected', 'reseal');

CREATE VIEW live_batch_records AS        -- what is in a batch that counts as having taken something
SELECT r.* FROM batch_records r WHERE (r.epoch, r.seq) NOT IN (SELECT epoch, seq FROM batches_not_counting);

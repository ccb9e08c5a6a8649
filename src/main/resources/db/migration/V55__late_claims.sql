-- The last day for the claim, as it stood when the item was claimed: a claim after it was late.
alter table item add column claim_due date;

-- Photos of a spot check (实地抽查): nobody but who took them sees them before the visit is recorded, since nobody is to be warned.
alter table evidence drop constraint evidence_purpose_check;
alter table evidence add constraint evidence_purpose_check
    check (purpose in ('RECTIFICATION', 'VERIFICATION', 'SPOT_CHECK'));

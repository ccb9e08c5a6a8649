-- An office may also keep texts (message texts) and lists of codes in place of what is shipped.
alter table office_file drop constraint office_file_kind_check;
alter table office_file add constraint office_file_kind_check check (
    kind in ('DECISION_TABLE', 'DOCUMENT_TEMPLATE', 'IMPORT_PROFILE', 'MESSAGE_TEXTS', 'CODE_LIST'));

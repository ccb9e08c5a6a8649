-- Devices that know SHA-256 or SHA-512 have longer secrets; those of before know SHA-1.
alter table second_factor
    add column algorithm text not null default 'SHA1' check (algorithm in ('SHA1', 'SHA256', 'SHA512')),
    drop constraint second_factor_secret_check,
    add constraint second_factor_secret_check check (length(secret) = 12 + 16
        + case algorithm when 'SHA1' then 20 when 'SHA256' then 32 else 64 end);

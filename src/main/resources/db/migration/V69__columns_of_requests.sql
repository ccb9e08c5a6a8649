-- An item that went to another unit, or whose registration was amended, while a request for it waited left the request's
-- instance with the unit of before, and nobody could decide on it. What the record says counts.
update act_ru_variable v
set text_ = i.lead_unit
from act_ru_execution p, item i
where p.id_ = v.proc_inst_id_
  and v.execution_id_ = p.id_
  and p.parent_id_ is null
  and i.item_no = p.business_key_
  and v.name_ = 'leadUnit'
  and v.text_ is distinct from i.lead_unit;

update act_ru_variable v
set text_ = u.name
from act_ru_execution p, item i, unit u
where p.id_ = v.proc_inst_id_
  and v.execution_id_ = p.id_
  and p.parent_id_ is null
  and i.item_no = p.business_key_
  and u.code = i.lead_unit
  and v.name_ = 'unitName'
  and v.text_ is distinct from u.name;

update act_ru_variable v
set text_ = case i.visibility when 'RESTRICTED' then i.item_no else i.title end
from act_ru_execution p, item i
where p.id_ = v.proc_inst_id_
  and v.execution_id_ = p.id_
  and p.parent_id_ is null
  and i.item_no = p.business_key_
  and v.name_ = 'title'
  and v.text_ is distinct from case i.visibility when 'RESTRICTED' then i.item_no else i.title end;

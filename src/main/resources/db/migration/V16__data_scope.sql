-- Who sees what (数据范围). Cockpit shows an instance's variables; of a restricted item no more than its number.
update act_ru_variable variable
set text_ = item.item_no
from item join act_ru_execution execution on execution.business_key_ = item.item_no
where item.visibility = 'RESTRICTED'
  and variable.name_ = 'title'
  and variable.proc_inst_id_ = execution.proc_inst_id_;

-- Whether somebody's event of today is there already.
create index audit_event_deed on audit_event (kind, actor, subject, at);

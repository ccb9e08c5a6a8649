-- A claim that was declined could leave the handler's field of the form in the engine, and nobody could rule on the decline
-- afterwards. The record knows no handler of such an item, so the engine knows none either.
delete from act_ru_variable v
using act_ru_execution p, item i
where p.id_ = v.proc_inst_id_
  and p.parent_id_ is null
  and split_part(p.proc_def_id_, ':', 1) = 'five-step-zeroing'
  and i.item_no = p.business_key_
  and i.handler is null
  and v.name_ = 'handler';

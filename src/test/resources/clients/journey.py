"""Takes an item from registration to closure by nothing but what openapi-generator made of our description."""

import json
import sys
import uuid

from guiling_client import ApiClient, Configuration, EvidenceApi, ItemsApi, ItemsRegisterRequest, TasksApi

with open(sys.argv[1], encoding="utf-8") as file:
    PLAN = json.load(file)


def client(person):
    return ApiClient(Configuration(host=PLAN["address"], access_token=PLAN["tokens"][person]))


def take(item_no, step):
    one = client(step["person"])
    tasks = TasksApi(one)
    task = tasks.tasks_list(item_no=item_no).tasks[0]
    assert task.task == step["task"], task
    if task.assignee is None:
        tasks.tasks_claim(task.id)
    for file in step.get("evidence", []):
        add(EvidenceApi(one), item_no, file["path"], file["measure"])
    assert tasks.tasks_get(task.id).form == task.form
    tasks.tasks_complete(task.id, step["fields"])


def add(evidence, item_no, path, measure):
    with open(path, "rb") as file:
        content = file.read()
    name = path.rsplit("/", 1)[-1]
    added = evidence.evidence_add(item_no, file=[(name, content)], measure=measure, note="完工后").files[0]
    assert added.note == "完工后" and added.measure == measure, added
    assert len(evidence.evidence_content(item_no, added.id)) > 0
    assert len(evidence.evidence_list(item_no).files) == measure


facts = ItemsRegisterRequest.from_dict(PLAN["registration"])
key = '"' + str(uuid.uuid4()) + '"'
registrar = ItemsApi(client("registrar"))
number = registrar.items_register(facts, idempotency_key=key).item_no
assert registrar.items_register(facts, idempotency_key=key).item_no == number
for each in PLAN["steps"]:
    take(number, each)
item = ItemsApi(client("leader")).items_get(number)
assert item.title == PLAN["registration"]["title"] and len(item.measures) == 2, item
print(number, item.status)

package org.guiling.engine.form;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.guiling.customization.CodeList;
import org.guiling.item.Item;
import org.guiling.item.Registration;
import org.guiling.item.todo.PersonalData;
import org.guiling.item.todo.ToDos.ToDo;
import org.guiling.organization.CurrentPerson;
import org.guiling.workflow.FiveStepZeroing.UserTask;
import org.guiling.workflow.TaskContract;
import org.guiling.workflow.form.RegistrationForm;
import org.springframework.stereotype.Component;

/** Supplies the forms of 立项建账. */
@Component
class IntakeForms implements FormSource {

    private final ItemFacts itemFacts;
    private final DuplicateFacts duplicateFacts;
    private final PersonalData personalData;
    private final CurrentPerson currentPerson;
    private final OrganizationOptions options;

    IntakeForms(
            ItemFacts itemFacts,
            DuplicateFacts duplicateFacts,
            PersonalData personalData,
            CurrentPerson currentPerson,
            OrganizationOptions options) {
        this.itemFacts = itemFacts;
        this.duplicateFacts = duplicateFacts;
        this.personalData = personalData;
        this.currentPerson = currentPerson;
        this.options = options;
    }

    @Override
    public Set<? extends TaskContract> tasks() {
        return EnumSet.of(UserTask.REVIEW_REGISTRATION, UserTask.AMEND_REGISTRATION);
    }

    @Override
    public Map<CodeList, String> kept(TaskContract task, Item item) {
        Registration facts = item.registration();
        return task == UserTask.AMEND_REGISTRATION
                ? Map.of(
                        CodeList.CATEGORY,
                        facts.category(),
                        CodeList.SOURCE_TYPE,
                        facts.sourceType().name())
                : Map.of();
    }

    @Override
    public void fill(Map<String, Object> data, TaskContract task, Item item, ToDo toDo) {
        if (task == UserTask.REVIEW_REGISTRATION) {
            data.put("similarItems", duplicateFacts.rows(item));
        } else {
            data.put("units", options.units());
            data.put(
                    "returnNotes",
                    itemFacts.note("facts.reviewOpinion", item.review().reviewOpinion()));
            String subject = personalData.showSubject(item, toDo, currentPerson.find());
            RegistrationForm.show(data, item.registration(), subject);
        }
    }
}

package org.guiling.engine.property;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.guiling.TestClock;
import org.guiling.engine.Samples;
import org.guiling.engine.duedate.CalendarLoading;
import org.guiling.engine.service.ItemProcesses;
import org.guiling.engine.service.Requests;
import org.guiling.engine.service.Tasks;
import org.guiling.organization.CurrentPerson;
import org.guiling.organization.Organization;
import org.guiling.organization.Person;
import org.guiling.organization.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The doors of the application that moves go through, and the people who go. */
public record Desk(
        ItemProcesses itemProcesses,
        Tasks tasks,
        Requests requests,
        CalendarLoading calendarLoading,
        TaskService taskService,
        RuntimeService runtimeService,
        ManagementService managementService,
        CurrentPerson currentPerson,
        TestClock clock,
        Staff staff) {

    /** Does the work in somebody's name. */
    void as(String personId, Runnable work) {
        currentPerson.callAs(staff.person(personId), () -> {
            work.run();
            return null;
        });
    }

    /**
     * The people of the example organization, and some who hold every role.
     *
     * @param ordinary of the example organization
     * @param uninvolved hold every role as well, and do nothing
     */
    public record Staff(List<Person> ordinary, List<Person> versatile, List<Person> uninvolved) {

        private static final String PREFIX = "versatile-";
        private static final List<String> UNITS =
                List.of(Samples.CITY_UNIT, "jiaqiao-town", Samples.VILLAGE_UNIT, "supervision-team");

        /** @param password the hash with which those who hold every role sign on */
        public static Staff hire(Organization organization, String password) {
            List<Person> ordinary = organization.people().stream()
                    .filter(person -> person.roles().size() == 1 && !person.id().startsWith(PREFIX))
                    .toList();
            List<Person> versatile = holdersOfEveryRole(PREFIX);
            List<Person> uninvolved = holdersOfEveryRole(PREFIX + "uninvolved-");
            Stream.concat(versatile.stream(), uninvolved.stream())
                    .forEach(person -> organization.save(person, password));
            return new Staff(ordinary, versatile, uninvolved);
        }

        /** Takes those away who hold every role, with the notices about other items that a watch gave them meanwhile. */
        public static void dismiss(JdbcClient jdbc) {
            String theirs = " like '" + PREFIX + "%'";
            jdbc.sql("delete from delivery_notice where notice_id in (select id from notice where person" + theirs
                            + ")")
                    .update();
            jdbc.sql("delete from delivery where person" + theirs).update();
            jdbc.sql("delete from notice where person" + theirs).update();
            // A year that one of them loaded last stays.
            jdbc.sql("update calendar_year set loaded_by = 'administrator' where loaded_by" + theirs)
                    .update();
            jdbc.sql("delete from person where id" + theirs).update();
        }

        private static List<Person> holdersOfEveryRole(String prefix) {
            return UNITS.stream()
                    .map(unit -> new Person(prefix + unit, "万能 " + unit, unit, EnumSet.allOf(Role.class)))
                    .toList();
        }

        /**
         * The people who could do the work: the four eyes demand a person who had no part in it, so a group needs one.
         */
        public Stream<Person> whoMightAct() {
            return Stream.concat(all().stream(), uninvolved.stream());
        }

        /** The ordinary ones first. */
        public List<Person> all() {
            List<Person> all = new ArrayList<>(ordinary);
            all.addAll(versatile);
            return all;
        }

        Person person(String id) {
            return all().stream()
                    .filter(person -> person.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        List<Person> handlersOf(String unit) {
            return all().stream()
                    .filter(person -> person.unitCode().equals(unit) && person.has(Role.HANDLER))
                    .toList();
        }
    }
}

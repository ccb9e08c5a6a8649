package org.guiling.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** The plain week: Saturday and Sunday are rest days. Knows no public holidays and no make-up workdays (调休). */
@Component
class MondayToFriday implements WorkingDays {

    @Override
    public boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }
}

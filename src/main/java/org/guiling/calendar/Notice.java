package org.guiling.calendar;

import java.time.LocalDate;

/**
 * The notice of the State Council that arranges a year's holidays (节假日安排的通知).
 *
 * @param number 文号, {@code 国办发明电〔2025〕7号}
 */
public record Notice(String number, String title, LocalDate date) {}

package org.guiling.web.administration;

import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Treats blank inputs of the pages about units and people as not entered. */
@ControllerAdvice(
        assignableTypes = {
            PeoplePages.class,
            PersonPages.class,
            PostPages.class,
            SubstitutePages.class,
            UnitPages.class,
            UnitChangePages.class
        })
class BlankInputs {

    @InitBinder
    void trim(WebDataBinder binder) {
        binder.registerCustomEditor(String.class, new StringTrimmerEditor(true));
    }
}

package org.guiling.web.support.form;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The body has the fields of a form file, for the description of the interface; the file checks them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FormBody {

    /** The form's id. */
    String value();

    /** Fields that the address or the method says already. */
    String[] without() default {};
}

package dev.thalweg.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what a model may have called: a method, or a record that implements {@link java.util.concurrent.Callable} and has
 * the arguments as its components.
 *
 * {@snippet :
 * final class Library {
 *     @Tool("Looks up a book by its ISBN")
 *     Book lookup(@Doc("13 digits, no dashes") String isbn) { ... }
 * }
 *
 * Tools tools = Tools.of(new LibraryTools(library));
 * }
 *
 * <p>From a class {@code Library} the processor makes {@code LibraryTools}, from a record {@code FormatBook} {@code
 * FormatBookTool}; of a nested class {@code Outer.Library}, {@code Outer_LibraryTools}. What cannot be a tool is a compile
 * error.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.CLASS)
public @interface Tool {
    /** What it does and when to use it, for the model. */
    String value();

    /** Its name for the model: 1 to 64 letters, digits, {@code _} and {@code -}. Default that of the method or record. */
    String name() default "";
}

package dev.thalweg.processor.schema;

import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** A Java type as JSON can be read as. */
public sealed interface Shape {
    /** The member that tells the cases of a sealed interface apart. */
    String DISCRIMINATOR = "type";

    /** The JSON schema of it. */
    JsonSchema schema();

    /**
     * A value without parts.
     *
     * @param read how a {@code JsonInput} gives it: {@code text} for {@code .text()}; empty for parsed text
     * @param expected the form of parsed text, for messages
     * @param parser what parses the text: {@code LocalDate::parse}, its class's name qualified
     */
    record Scalar(JsonSchema schema, String read, String expected, String parser) implements Shape {}

    /** A constant of an enum. */
    record Constant(TypeElement type, List<String> names) implements Shape {
        @Override
        public JsonSchema schema() {
            return new JsonSchema.Choice(names);
        }
    }

    /** A list, or a set. */
    record Sequence(boolean distinct, Shape element) implements Shape {
        @Override
        public JsonSchema schema() {
            return new JsonSchema.Items(element.schema());
        }
    }

    /** A map from names. */
    record Mapping(Shape value) implements Shape {
        @Override
        public JsonSchema schema() {
            return new JsonSchema.Members(value.schema());
        }
    }

    /** An {@code Optional}. */
    record Maybe(Shape value) implements Shape {
        @Override
        public JsonSchema schema() {
            return value.schema();
        }
    }

    /** A record. */
    record Fields(TypeElement type, List<Field> fields) implements Shape {
        @Override
        public JsonSchema.Properties schema() {
            return objectOf(fields);
        }
    }

    /** A sealed interface of records. */
    record Cases(TypeElement type, List<Fields> cases) implements Shape {
        @Override
        public JsonSchema schema() {
            return new JsonSchema.AnyOf(cases.stream().map(Cases::named).toList());
        }

        private static JsonSchema named(Fields fields) {
            List<JsonSchema.Property> all = new ArrayList<>();
            String name = fields.type().getSimpleName().toString();
            // An enum of one: not every provider knows const.
            all.add(new JsonSchema.Property(DISCRIMINATOR, new JsonSchema.Choice(List.of(name)), true));
            all.addAll(fields.schema().properties());
            return new JsonSchema.Properties(all);
        }
    }

    /**
     * A parameter of a method or a component of a record.
     *
     * @param doc what it means, for the model; empty: not said
     * @param required whether it has to be there; the others are {@code Optional} or nullable
     */
    record Field(String name, String doc, boolean required, Shape shape) {}

    /** The schema of an object of these. */
    static JsonSchema.Properties objectOf(List<Field> fields) {
        return new JsonSchema.Properties(fields.stream()
                .map(field -> new JsonSchema.Property(
                        field.name(), field.shape().schema().described(field.doc()), field.required()))
                .toList());
    }
}

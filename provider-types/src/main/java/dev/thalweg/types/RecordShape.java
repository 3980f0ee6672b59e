package dev.thalweg.types;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the components of a record and the fields of its JSON object go together. Found out once for each class. */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Constructor<?> constructor;
    private final List<WireField> fields = new ArrayList<>();
    private final Map<String, Integer> indexes = new HashMap<>();
    private final @Nullable String typeName;

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        boolean camelCase = CamelCaseRecord.class.isAssignableFrom(type);
        for (RecordComponent component : components) {
            if (component.getType() != Extra.class) {
                WireField field = WireField.of(component, camelCase);
                indexes.put(field.name(), fields.size());
                fields.add(field);
            }
        }
        JsonTypeName named = type.getAnnotation(JsonTypeName.class);
        typeName = named == null ? null : named.value();
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A record without its constructor: " + type, e);
        }
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** The {@code type} that every object of this class has; null where the class says nothing about it. */
    @Nullable
    String typeName() {
        return typeName;
    }

    /** All but {@code extra}, in their order. */
    List<WireField> fields() {
        return fields;
    }

    /** The index of the field of this name; null where there is no component for it. */
    @Nullable
    Integer indexOf(String name) {
        return indexes.get(name);
    }

    /** A record in which nothing is. */
    Object empty() {
        @Nullable Object[] values = new @Nullable Object[fields.size() + 1];
        for (int i = 0; i < fields.size(); i++) {
            values[i] = fields.get(i).missing();
        }
        values[fields.size()] = Extra.none();
        return create(values);
    }

    /** The record of these values, {@code extra} being the last. */
    Object create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("The constructor of a record failed: " + constructor, e);
        }
    }
}

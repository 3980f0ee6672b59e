package dev.thalweg.types;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record and its field in the wire.
 *
 * @param name in the wire
 * @param type of the value, or of the list's elements
 */
record WireField(String name, Class<?> type, boolean list, boolean nullable, Method accessor) {
    static WireField of(RecordComponent component, boolean camelCase) {
        boolean list = component.getType() == List.class;
        Class<?> type = list
                ? (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        return new WireField(
                nameOf(component, camelCase),
                type,
                list,
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                component.getAccessor());
    }

    private static String nameOf(RecordComponent component, boolean camelCase) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        if (named != null) {
            return named.value();
        }
        String name = component.getName();
        return camelCase ? name : name.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** Of this record. */
    @Nullable
    Object value(WireRecord owner) {
        try {
            return accessor.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The accessor of a record failed: " + accessor, e);
        }
    }

    /** The value of a field that is not there; null also where there is no value for that. */
    @Nullable
    Object missing() {
        if (list) {
            return List.of();
        }
        if (nullable) {
            return null;
        }
        if (type == String.class) {
            return "";
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == int.class) {
            return 0;
        }
        return type.isRecord() && WireRecord.class.isAssignableFrom(type)
                ? RecordShape.of(type).empty()
                : null;
    }
}

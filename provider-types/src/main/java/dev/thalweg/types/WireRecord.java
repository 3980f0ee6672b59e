package dev.thalweg.types;

import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

/**
 * An object of a provider's JSON as a record: a component for each field that is known, named as in the wire but in camel
 * case ({@code finish_reason} is {@code finishReason}), and {@link #extra()} last. Implemented by the records of the
 * providers' packages only.
 */
@JsonDeserialize(using = RecordReader.class)
@JsonSerialize(using = RecordWriter.class)
public interface WireRecord {
    /** The fields that no component is for. */
    Extra extra();

    /** This object as JSON text: of one that was read, the same fields with the same values as came. */
    default String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }
}

package dev.thalweg.testkit;

/**
 * One event of a scripted stream.
 *
 * @param name the event's name; empty: it has none
 * @param data its data, one line
 */
public record ScriptEvent(String name, String data) {
    /** Adds the event to a script. */
    public ScriptBuilder addTo(ScriptBuilder script) {
        return name.isEmpty() ? script.event(data) : script.event(name, data);
    }
}

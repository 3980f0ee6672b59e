package dev.thalweg.tool;

import java.util.List;

/** Where tools come from: generated from a class or a record, written by hand, or those of a server. */
public interface ToolSource {
    /** The tools, in an order that stays: providers cache prompts that begin alike. */
    List<ToolFunction> functions();
}

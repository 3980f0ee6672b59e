package dev.thalweg.gateway.terminal;

import java.util.logging.Logger;

/**
 * A configuration of java.util.logging without handlers: what libraries log would land in the middle of an answer. The
 * log manager makes one when something is logged for the first time, so that a chat that logs nothing pays nothing.
 */
public final class QuietLogging {
    /** Called by the log manager, instead of reading its default configuration, which logs to standard error. */
    public QuietLogging() {
        Logger.getLogger("").setUseParentHandlers(false);
    }

    static void install() {
        System.setProperty("java.util.logging.config.class", QuietLogging.class.getName());
    }
}

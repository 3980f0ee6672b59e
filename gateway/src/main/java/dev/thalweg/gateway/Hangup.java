package dev.thalweg.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The signal SIGHUP, which asks a server to read its configuration again. The JDK's one way to hear of a signal is
 * {@code sun.misc.Signal}; it is called by name, because the compiler's warning about it cannot be switched off.
 */
final class Hangup {
    private Hangup() {}

    /**
     * Has this run for each SIGHUP, which would end the process else. Where there is no such signal (Windows) or it is left
     * to the system ({@code -Xrs}), nothing happens.
     */
    static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, handling);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("SIGHUP cannot be handled", e.getCause());
            }
        } catch (ReflectiveOperationException missing) {
            // A runtime without the module jdk.unsupported: then the file is watched, and that is all.
        }
    }
}

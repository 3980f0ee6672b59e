package dev.thalweg.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The signals an operating system sends to a process. The JDK's one way to hear of them is {@code sun.misc.Signal}; it is
 * called by name, because the compiler's warning about it cannot be switched off.
 */
final class ProcessSignal {
    private ProcessSignal() {}

    /**
     * Has this run for each signal of that name, on a thread of its own, in place of what the JVM does with it. Where there
     * is no such signal (SIGHUP on Windows) or signals are left to the system ({@code -Xrs}), nothing happens; one that
     * the process was started to ignore stays ignored.
     *
     * @param name without its {@code SIG}
     */
    static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    ProcessSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            Object named = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, named, handling);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("SIG" + name + " cannot be handled", e.getCause());
            }
        } catch (ReflectiveOperationException missing) {
            // A runtime without the module jdk.unsupported: then the file is watched, and the JVM stops as it does.
        }
    }
}

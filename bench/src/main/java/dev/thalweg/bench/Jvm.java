package dev.thalweg.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a running JVM says of its memory, asked over JMX. */
record Jvm(JMXConnector connector) implements AutoCloseable {
    @SuppressWarnings("BanJNDI") // the address comes from the process itself, on this machine
    static Jvm of(ProcessHandle process) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            return new Jvm(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
        } finally {
            machine.detach();
        }
    }

    /** Bytes allocated in the heap by all threads since the start. */
    long allocatedBytes() throws IOException, JMException {
        return (Long) ask("java.lang:type=Threading", "TotalThreadAllocatedBytes");
    }

    /** What is in use in the heap after a collection, in MB. */
    double liveHeapMegabytes() throws IOException, JMException {
        ObjectName memory = new ObjectName("java.lang:type=Memory");
        connector.getMBeanServerConnection().invoke(memory, "gc", new Object[0], new String[0]);
        CompositeData usage = (CompositeData) ask("java.lang:type=Memory", "HeapMemoryUsage");
        return (Long) usage.get("used") / 1e6;
    }

    /** Direct buffers, in MB. */
    double directMegabytes() throws IOException, JMException {
        return (Long) ask("java.nio:type=BufferPool,name=direct", "MemoryUsed") / 1e6;
    }

    private Object ask(String bean, String attribute) throws IOException, JMException {
        return connector.getMBeanServerConnection().getAttribute(new ObjectName(bean), attribute);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}

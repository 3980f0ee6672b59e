package dev.thalweg.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** How much a JVM has allocated, asked over JMX. */
record Allocation(JMXConnector connector) implements AutoCloseable {
    @SuppressWarnings("BanJNDI") // the address comes from the process itself, on this machine
    static Allocation of(ProcessHandle process) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            return new Allocation(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
        } finally {
            machine.detach();
        }
    }

    /** Bytes allocated in the heap by all threads since the start. */
    long bytes() throws IOException, JMException {
        return (Long) connector
                .getMBeanServerConnection()
                .getAttribute(new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}

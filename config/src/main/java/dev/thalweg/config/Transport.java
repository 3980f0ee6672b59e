package dev.thalweg.config;

/** How sockets are driven. */
public enum Transport {
    /** The best that loads on this machine. */
    AUTO,
    /** Linux epoll. */
    EPOLL,
    /** Linux io_uring. */
    IO_URING,
    /** The JDK's selectors, everywhere. */
    NIO
}

package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** nginx with one worker: a plain {@code proxy_pass} with kept connections and no log; streams without buffering. */
record Nginx(Process process, Map<Tls, Integer> jsonPorts, Map<Tls, Integer> streamPorts) {
    private static final String SERVER = """
                server {
                    listen 127.0.0.1:%d backlog=4096%s;
                    location / {
                        proxy_pass %s;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_buffering %s;
                        proxy_ssl_trusted_certificate %s;
                        proxy_ssl_verify on;
                        proxy_ssl_name localhost;
                    }
                }
            """;

    /** As the gateway's: TLS 1.3, the cipher of the caller's choice, nothing to resume a session with. */
    private static final String CALLERS_TLS = """
                ssl_certificate %s;
                ssl_certificate_key %s;
                ssl_protocols TLSv1.3;
                ssl_session_cache off;
                ssl_conf_command NumTickets 0;
            """;

    private static final String MAIN = """
            daemon off;
            worker_processes 1;
            worker_rlimit_nofile 20000;
            %s
            pid nginx.pid;
            error_log nginx.log warn;
            events { worker_connections 9000; }
            http {
                access_log off;
                tcp_nodelay on;
                keepalive_requests 10000000;
                client_max_body_size 64m;
                client_body_buffer_size 8m;
                client_body_temp_path temp-body;
                proxy_temp_path temp-proxy;
                fastcgi_temp_path temp-fastcgi;
                uwsgi_temp_path temp-uwsgi;
                scgi_temp_path temp-scgi;
                upstream plain { server 127.0.0.1:%d; keepalive 512; keepalive_requests 10000000; }
                upstream tls { server 127.0.0.1:%d; keepalive 512; keepalive_requests 10000000; }
            %s%s}
            """;

    static Nginx start(Stage stage) throws IOException, InterruptedException {
        String root = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        Certificate certificate = new Certificate(stage.directory);
        StringBuilder servers = new StringBuilder();
        Map<Tls, Integer> json = new EnumMap<>(Tls.class);
        Map<Tls, Integer> stream = new EnumMap<>(Tls.class);
        for (Tls tls : Tls.values()) {
            json.put(tls, server(certificate, tls, "on", servers));
            stream.put(tls, server(certificate, tls, "off", servers));
        }
        String callers = CALLERS_TLS.formatted(certificate.chain(), certificate.key());
        Path config = Files.writeString(
                stage.directory.resolve("nginx.conf"),
                MAIN.formatted(root, stage.upstreamPort, stage.upstreamTlsPort, callers, servers));
        ProcessBuilder nginx =
                new ProcessBuilder("nginx", "-p", stage.directory + "/", "-c", config.toString()).inheritIO();
        nginx.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        Process process = stage.start(nginx, stage.processors.proxy());
        Nginx started = new Nginx(process, Map.copyOf(json), Map.copyOf(stream));
        Ready.await(process, started.port(Tls.NONE, false), "nginx");
        return started;
    }

    /** Where it listens for such requests. */
    int port(Tls tls, boolean stream) {
        return Objects.requireNonNull((stream ? streamPorts : jsonPorts).get(tls));
    }

    private static int server(Certificate certificate, Tls tls, String buffering, StringBuilder servers)
            throws IOException {
        int port = Stage.freePort();
        String ssl = tls == Tls.CALLERS ? " ssl" : "";
        String to = tls == Tls.UPSTREAM ? "https://tls" : "http://plain";
        servers.append(SERVER.formatted(port, ssl, to, buffering, certificate.chain()));
        return port;
    }
}

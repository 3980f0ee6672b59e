package dev.thalweg.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** nginx with one worker: a plain {@code proxy_pass} with kept connections and no log; streams without buffering. */
record Nginx(Process process, int jsonPort, int streamPort, int jsonTlsPort, int streamTlsPort) {
    private static final String SERVER = """
                server {
                    listen 127.0.0.1:%d backlog=4096;
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
            %s}
            """;

    static Nginx start(Stage stage) throws IOException, InterruptedException {
        int[] ports = {Stage.freePort(), Stage.freePort(), Stage.freePort(), Stage.freePort()};
        String root = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        String servers = server(stage, ports[0], "http://plain", "on")
                + server(stage, ports[1], "http://plain", "off")
                + server(stage, ports[2], "https://tls", "on")
                + server(stage, ports[3], "https://tls", "off");
        Path config = Files.writeString(
                stage.directory.resolve("nginx.conf"),
                MAIN.formatted(root, stage.upstreamPort, stage.upstreamTlsPort, servers));
        ProcessBuilder nginx =
                new ProcessBuilder("nginx", "-p", stage.directory + "/", "-c", config.toString()).inheritIO();
        nginx.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
        Process process = stage.start(nginx, stage.processors.proxy());
        Ready.await(process, ports[0], "nginx");
        return new Nginx(process, ports[0], ports[1], ports[2], ports[3]);
    }

    private static String server(Stage stage, int port, String to, String buffering) {
        return SERVER.formatted(port, to, buffering, new Certificate(stage.directory).chain());
    }
}

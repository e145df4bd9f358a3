package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Redis of this machine in a process of its own, empty, on a free port of the loopback. */
final class RedisServer implements AutoCloseable {

    private static final String PROGRAM = "redis-server";
    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private final int port;

    /** @throws Fault (failed) if there is none */
    RedisServer() {
        Path program = program().orElseThrow(() -> Fault.failed(missing().orElseThrow()));
        try {
            port = freePort();
            process = new ProcessBuilder(List.of(program.toString(), "--bind", "127.0.0.1", "--port", String.valueOf(port), "--save", "",
                    "--appendonly", "no", "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"))
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw Fault.failed("Redis cannot be started: " + e.getMessage() + ".", e);
        }
        awaitPort();
    }

    /** Why there is none, with the command that installs it; empty where there is one. */
    static Optional<String> missing() {
        return program().isPresent() ? Optional.empty()
                : Optional.of("cache=redis needs the program " + PROGRAM + ", which is not on the PATH: apt-get install " + PROGRAM + ".");
    }

    private static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).map(Path::of)
                .map(folder -> folder.resolve(PROGRAM)).filter(Files::isExecutable).findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (process.isAlive() && System.nanoTime() - latest < 0) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException e) {
                pause();
            }
        }
        close();
        throw Fault.failed("Redis does not answer on port " + port + ".");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            throw Fault.failed("The run was interrupted.", e);
        }
    }

    /** As {@code --cache} takes it. */
    String address() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

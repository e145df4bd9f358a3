package io.notagenbench.service;

import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service in this process, on a port of its own, with the tiny model on ONNX Runtime. */
final class RunningService implements AutoCloseable {

    /** Several servers and clients share the cores of a test. */
    static final Map<Parameter, String> ONE_THREAD = Map.of(Parameter.BACKEND, "onnx", Parameter.THREADS, "1");

    final Service service;
    final Client client;
    final List<String> messages = new CopyOnWriteArrayList<>();

    private RunningService(ServiceSettings settings) throws InterruptedException {
        service = new Service(settings, messages::add);
        service.start();
        client = new Client(service);
        service.awaitReady();
    }

    static RunningService start(int slots, int queue, String cache, String... parameters) throws InterruptedException {
        return new RunningService(settings(slots, queue, cache, parameters));
    }

    static RunningService start(ServiceSettings settings) throws InterruptedException {
        return new RunningService(settings);
    }

    static ServiceSettings settings(int slots, int queue, String cache, String... parameters) {
        return new ServiceSettings("127.0.0.1", 0, queue, cache, Duration.ofSeconds(20), slots,
                Parameters.parse(List.of(parameters)).with(ONE_THREAD), "test");
    }

    @Override
    public void close() {
        service.close();
    }
}

package io.notagenbench.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks a service as its clients do. */
final class Client {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Client(Service service) {
        this(service.port());
    }

    Client(int port) {
        this.port = port;
    }

    /** A completion with what is said beside it. */
    record Reply(int status, JsonNode body, String cache, String retryAfter) {

        String text() {
            return body.at("/choices/0/text").textValue();
        }

        String error() {
            return body.at("/error/message").textValue();
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String type, byte[] body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(at(path)).header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest completion(String body) {
        return HttpRequest.newBuilder(at("/v1/completions")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    CompletableFuture<Reply> begin(String body) {
        return http.sendAsync(completion(body), HttpResponse.BodyHandlers.ofString()).thenApply(Client::reply);
    }

    Reply complete(String body) {
        return begin(body).join();
    }

    private static Reply reply(HttpResponse<String> response) {
        try {
            return new Reply(response.statusCode(), JSON.readTree(response.body()), response.headers().firstValue("X-Cache").orElse(null),
                    response.headers().firstValue("Retry-After").orElse(null));
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /** The events of a stream to its end, without the {@code [DONE]} that must be the last. */
    List<JsonNode> stream(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(completion(body), HttpResponse.BodyHandlers.ofString());
        List<String> events = response.body().lines().filter(line -> !line.isEmpty()).toList();
        if (!events.get(events.size() - 1).equals("data: [DONE]")) {
            throw new AssertionError("no end of a stream: " + response.body());
        }
        List<JsonNode> parsed = new ArrayList<>();
        for (String event : events.subList(0, events.size() - 1)) {
            parsed.add(JSON.readTree(event.substring("data: ".length())));
        }
        return parsed;
    }

    static String text(List<JsonNode> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.at("/choices/0/text").asText("")));
        return text.toString();
    }

    /** A value of {@code /metrics}; 0 where it is not there yet. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).findFirst().orElse(0);
    }

    /** A connection of one's own with a request under way. */
    Socket raw(String body, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(content);
        socket.getOutputStream().flush();
        return socket;
    }
}

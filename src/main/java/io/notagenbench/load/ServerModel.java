package io.notagenbench.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * What a server says of its model at {@code /v1/models}.
 *
 * @param sha256      of the weights
 * @param batch       pieces that it decodes together
 * @param patchLength its largest window; 0 where it does not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerModel(String id, String sha256, String backend, String device, String precision, String decoding, int batch,
        int patchLength) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** @throws Fault (failed) if there is no such server, or it is not ready */
    static ServerModel ask(URI server) {
        JsonNode model = get(server, "v1/models").at("/data/0");
        if (!model.hasNonNull("id") || !model.hasNonNull("sha256")) {
            throw Fault.failed(server + "v1/models does not tell the id and the sha256 of a model: texts cannot be compared.");
        }
        return new ServerModel(model.get("id").asText(), model.get("sha256").asText(), text(model, "backend"), text(model, "device"),
                text(model, "precision"), text(model, "decoding"), Math.max(1, model.path("batch").asInt(1)),
                model.path("patch_length").asInt(0));
    }

    private static String text(JsonNode model, String field) {
        return model.hasNonNull(field) ? model.get(field).asText() : null;
    }

    private static JsonNode get(URI server, String path) {
        try {
            HttpResponse<String> response = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE)
                    .build().send(HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode body = new ObjectMapper().readTree(response.body());
            if (response.statusCode() != 200) {
                throw Fault.failed("The server at " + server + " is not ready: "
                        + body.at("/error/message").asText("status " + response.statusCode()));
            }
            return body;
        } catch (JsonProcessingException e) {
            throw Fault.failed(server + path + " does not answer with JSON: is this a server of pieces?", e);
        } catch (IOException e) {
            throw Fault.failed("No server answers at " + server + ": " + (e.getMessage() == null ? "no connection" : e.getMessage())
                    + ". Start one with java -jar benchmarks.jar serve, or let load start it with --serve.", e);
        } catch (InterruptedException e) {
            throw Fault.failed("The run was interrupted.", e);
        }
    }
}

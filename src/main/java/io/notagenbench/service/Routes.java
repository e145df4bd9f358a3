package io.notagenbench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Every path of the service. */
final class Routes extends Handler.Abstract {

    /** A prompt may be as long as a piece, and JSON may write a character in six. */
    static final int MOST_BYTES = 256 * 1_024;
    private static final long MOST_DRAINED = 64L * MOST_BYTES;

    private static final String COMPLETIONS = "/v1/completions";
    private static final String MODELS = "/v1/models";
    private static final String JSON = "application/json";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final Service service;
    private final Pages pages = new Pages();

    Routes(Service service) {
        this.service = service;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff").put("Referrer-Policy", "no-referrer")
                .put("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                        + " frame-ancestors 'none'");
        String path = Request.getPathInContext(request);
        if (path.equals(COMPLETIONS)) {
            if (allows(request, response, callback, HttpMethod.POST)) {
                complete(new Answer.Exchange(request, response, callback));
            }
        } else if (allowed(path)) {
            if (allows(request, response, callback, HttpMethod.GET, HttpMethod.HEAD)) {
                get(path, response, callback);
            }
        } else {
            refuse(response, callback, Refusal.of(HttpStatus.NOT_FOUND_404, "not_found", "There is nothing at this path. The service"
                    + " has POST " + COMPLETIONS + ", and GET /, " + MODELS + ", /prompts, /healthz, /readyz and /metrics."));
        }
        return true;
    }

    private boolean allowed(String path) {
        return pages.at(path) != null || path.equals(MODELS) || path.startsWith(MODELS + "/") || path.equals("/healthz")
                || path.equals("/readyz") || path.equals("/metrics");
    }

    private static boolean allows(Request request, Response response, Callback callback, HttpMethod... methods) {
        for (HttpMethod method : methods) {
            if (method.is(request.getMethod())) {
                return true;
            }
        }
        response.getHeaders().put(HttpHeader.ALLOW, methods.length == 1 ? methods[0].asString() : "GET, HEAD");
        refuse(response, callback, Refusal.of(HttpStatus.METHOD_NOT_ALLOWED_405, "method_not_allowed",
                "This path takes " + methods[0].asString() + "."));
        return false;
    }

    private void get(String path, Response response, Callback callback) {
        Optional<String> notReady = service.notReady();
        switch (path) {
            case "/healthz" -> tell(response, callback, service.gone(), "ok");
            case "/readyz" -> tell(response, callback, notReady, "ready");
            case "/metrics" -> send(response, callback, HttpStatus.OK_200, Metrics.CONTENT_TYPE, service.metrics().text());
            default -> {
                Pages.Page page = pages.at(path);
                if (page != null) {
                    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
                    send(response, callback, HttpStatus.OK_200, page.type(), page.content());
                } else {
                    models(path, response, callback);
                }
            }
        }
    }

    private void models(String path, Response response, Callback callback) {
        Optional<ObjectNode> model = service.model();
        if (model.isEmpty()) {
            refuse(response, callback, Refusal.unavailable(service.notReady().orElse("The weights are being loaded.")));
        } else if (path.equals(MODELS)) {
            ObjectNode list = Bodies.object().put("object", "list");
            list.putArray("data").add(model.get());
            send(response, callback, HttpStatus.OK_200, JSON, Bodies.bytes(list));
        } else if (path.substring(MODELS.length() + 1).equals(model.get().get("id").textValue())) {
            send(response, callback, HttpStatus.OK_200, JSON, Bodies.bytes(model.get()));
        } else {
            refuse(response, callback, Refusal.noModel("There is no model of this name here: " + MODELS + " lists the one there is."));
        }
    }

    private static void tell(Response response, Callback callback, Optional<String> trouble, String fine) {
        send(response, callback, trouble.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, PLAIN,
                (trouble.orElse(fine) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void complete(Answer.Exchange exchange) {
        String type = exchange.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            // a page of another site can send any other type without asking
            refuse(exchange, Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "unsupported_media_type",
                    "The body must be JSON, and its header Content-Type: " + JSON + "."));
        } else if (exchange.request().getLength() > MOST_BYTES) {
            refuse(exchange, Refusal.tooLarge(MOST_BYTES));
        } else {
            BiConsumer<byte[], Throwable> whole = (body, failure) -> {
                if (failure == null) {
                    order(exchange, body);
                } else {
                    refuse(exchange, failure instanceof IllegalStateException ? Refusal.tooLarge(MOST_BYTES)
                            : Refusal.bad(null, "The body did not come to its end: " + failure.getMessage() + "."));
                }
            };
            Content.Source.asByteArrayAsync(exchange.request(), MOST_BYTES,
                    Promise.Invocable.from(Invocable.InvocationType.BLOCKING, whole));
        }
    }

    private void order(Answer.Exchange exchange, byte[] body) {
        try {
            service.answer(exchange, body);
        } catch (Refusal e) {
            refuse(exchange, e);
        } catch (RuntimeException e) {
            refuse(exchange, service.unexpected(e));
        }
    }

    private void refuse(Answer.Exchange exchange, Refusal refusal) {
        service.metrics().answered(refusal.status());
        refuse(exchange.response(), exchange.callback(), refusal);
    }

    /**
     * Refuses a request. If the connection is closed while the client is still sending, the client may never see the answer. So the rest of
     * a body that is not longer than {@link #MOST_DRAINED} is read first.
     */
    static void refuse(Response response, Callback callback, Refusal refusal) {
        Runnable answer = () -> {
            refusal.retryAfter().ifPresent(seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
            send(response, callback, refusal.status(), JSON, Bodies.bytes(Bodies.error(refusal)));
        };
        long length = response.getRequest().getLength();
        if (length <= 0 || length > MOST_DRAINED) {
            answer.run();
        } else {
            Content.Source.consumeAll(response.getRequest(), Callback.from(answer, failure -> answer.run()));
        }
    }

    private static void send(Response response, Callback callback, int status, String type, byte[] content) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type).put(HttpHeader.CONTENT_LENGTH, content.length);
        response.write(true, ByteBuffer.wrap(content), callback);
    }
}

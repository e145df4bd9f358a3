import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Uses the page of a running service in a headless Chromium, as a person would, through Chromium's own debugging protocol. */
final class ServicePage implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;
    private int number;

    /** Takes the address of the service, and the folder for pictures and for Chromium's own files. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        Process chromium = new ProcessBuilder("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--mute-audio",
                "--autoplay-policy=no-user-gesture-required", "--remote-debugging-port=0", "--no-first-run",
                "--user-data-dir=" + folder.resolve("chromium"), "about:blank").start();
        try (BufferedReader log = chromium.errorReader()) {
            Matcher listening = Pattern.compile("ws://127\\.0\\.0\\.1:(\\d+)/").matcher("");
            for (String line = log.readLine(); line != null && !listening.reset(line).find();) {
                line = log.readLine();
            }
            new ServicePage().use(args[0], Integer.parseInt(listening.group(1)), folder);
        } finally {
            chromium.destroy();
            chromium.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void use(String address, int port, Path folder) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        JsonNode page = null;
        while (page == null) {
            for (JsonNode target : JSON.readTree(http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build(),
                    HttpResponse.BodyHandlers.ofString()).body())) {
                page = target.get("type").textValue().equals("page") ? target : page;
            }
        }
        socket = http.newWebSocketBuilder().buildAsync(URI.create(page.get("webSocketDebuggerUrl").textValue()), this).join();
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            send(domain + ".enable", JSON.createObjectNode());
        }
        visit(address, 1280, 900, false, "3", folder.resolve("service-desktop.png"));
        visit(address, 390, 844, true, "4", folder.resolve("service-telephone.png"));
        List<String> others = requests.stream().filter(url -> !url.startsWith(address) && !url.startsWith("blob:" + address)
                && !url.startsWith("data:") && !url.startsWith("about:")).toList();
        require(others.isEmpty(), "the page asks other hosts: " + others);
        require(requests.stream().anyMatch(url -> url.endsWith("/v1/completions")), "no request was seen: " + requests);
        require(errors.isEmpty(), "the browser complains: " + errors);
    }

    private void visit(String address, int width, int height, boolean mobile, String seed, Path picture) throws Exception {
        send("Emulation.setDeviceMetricsOverride", JSON.createObjectNode().put("width", width).put("height", height)
                .put("deviceScaleFactor", mobile ? 2 : 1).put("mobile", mobile));
        send("Page.navigate", JSON.createObjectNode().put("url", address));
        await("document.querySelectorAll('#instrumentation option').length > 0");
        require(text("document.querySelector('#composer').value").equals("Chopin, Frederic"), "no composer is chosen");

        evaluate("const c = document.querySelector('#period'); c.value = 'Baroque'; c.dispatchEvent(new Event('change'))");
        require(text("[...document.querySelectorAll('#composer option')].map(o => o.value).join()").contains("Bach, Johann Sebastian"),
                "Baroque has no Bach");
        require(!text("[...document.querySelectorAll('#composer option')].map(o => o.value).join()").contains("Chopin"),
                "Chopin is offered as Baroque");
        evaluate("c.value = 'Romantic'; c.dispatchEvent(new Event('change')); const n = document.querySelector('#composer');"
                + " n.value = 'Chopin, Frederic'; n.dispatchEvent(new Event('change'));"
                + " document.querySelector('#instrumentation').value = 'Keyboard'");

        evaluate("document.querySelector('#seed').value = '5000000000'; document.querySelector('#write').click()");
        await("!document.querySelector('#trouble').hidden");
        require(text("document.querySelector('#trouble').textContent").startsWith("seed=5000000000 is not possible"), "another trouble");

        evaluate("window.grown = new Set(); new MutationObserver(() => { const n = Number(document.querySelector('#bars').textContent);"
                + " if (n && document.querySelector('#score svg')) grown.add(n); }).observe(document.body, { subtree: true, childList: true, characterData: true });"
                + " document.querySelector('#seed').value = '" + seed + "'; document.querySelector('#write').click()");
        await("!document.querySelector('#save').hidden");
        require(evaluate("grown.size").intValue() >= 3, "the score did not grow: " + evaluate("[...grown].join()"));
        require(evaluate("document.querySelector('#trouble').hidden").booleanValue(), text("document.querySelector('#trouble').textContent"));
        require(evaluate("document.querySelectorAll('#score svg path').length").intValue() > 50, "no notes are engraved");
        for (String id : new TreeSet<>(List.of("first", "total"))) {
            require(text("document.querySelector('#" + id + "').textContent").matches("\\d+\\.\\d+ s"), "no time of " + id);
        }
        require(Double.parseDouble(text("document.querySelector('#rate').textContent")) > 0, "no patches/s");
        int wide = evaluate("document.documentElement.scrollWidth").intValue();
        require(wide <= width, "the page is " + wide + " wide on a screen of " + width);

        evaluate("window.tones = 0; const begin = OscillatorNode.prototype.start; OscillatorNode.prototype.start = function (...a) {"
                + " tones++; return begin.apply(this, a); }; document.querySelector('#play').click()");
        require(text("document.querySelector('#play').textContent").equals("Stop"), "it does not play");
        await("tones > 8");
        evaluate("document.querySelector('#play').click()");
        require(text("document.querySelector('#play').textContent").equals("Play"), "it does not stop");
        Files.write(picture, Base64.getDecoder().decode(send("Page.captureScreenshot", JSON.createObjectNode()).get("data").textValue()));
        System.out.println("service-page: " + width + " wide, " + text("document.querySelector('#bars').textContent") + " bars, seen at "
                + evaluate("grown.size") + " lengths; first bar after " + text("document.querySelector('#first').textContent"));
    }

    private void await(String condition) throws Exception {
        long latest = System.nanoTime() + PATIENCE;
        while (!evaluate(condition).booleanValue()) {
            require(System.nanoTime() - latest < 0, "in vain: " + condition + "; " + errors);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    private String text(String expression) throws Exception {
        return evaluate(expression).asText();
    }

    private JsonNode evaluate(String expression) throws Exception {
        JsonNode result = send("Runtime.evaluate", JSON.createObjectNode().put("expression", expression).put("replMode", true)
                .put("returnByValue", true).put("userGesture", true));
        require(!result.has("exceptionDetails"), expression + ": " + result);
        return result.get("result").path("value");
    }

    private JsonNode send(String method, ObjectNode params) throws Exception {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(++number, answer);
        socket.sendText(JSON.createObjectNode().put("id", number).put("method", method).set("params", params).toString(), true).join();
        return answer.get(60, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            hear(part.toString());
            part.setLength(0);
        }
        source.request(1);
        return null;
    }

    private void hear(String message) {
        try {
            JsonNode event = JSON.readTree(message);
            if (event.has("id")) {
                answers.remove(event.get("id").intValue()).complete(event.has("result") ? event.get("result") : event);
                return;
            }
            switch (event.get("method").textValue()) {
                case "Network.requestWillBeSent" -> requests.add(event.at("/params/request/url").textValue());
                case "Runtime.exceptionThrown" -> errors.add(event.at("/params/exceptionDetails").toString());
                case "Log.entryAdded" -> {
                    String text = event.at("/params/entry/text").asText();
                    // the refusal that was asked for, and the icon of the tab, which the page does not have
                    if (event.at("/params/entry/level").asText().equals("error") && !text.contains("400 (Bad Request)")
                            && !event.at("/params/entry/url").asText().endsWith("/favicon.ico")) {
                        errors.add(text);
                    }
                }
                default -> {
                }
            }
        } catch (IOException e) {
            errors.add(e.toString());
        }
    }
}

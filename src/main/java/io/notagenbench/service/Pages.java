package io.notagenbench.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.abc.KnownPrompts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The page for people, and what it is made of. It is all in the jar; a path names nothing else. */
final class Pages {

    private static final String ABCJS = "/io/notagenbench/report/render/abcjs-6.7.2/abcjs-basic-min.js";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final Map<String, Page> pages = Map.of(
            "/", new Page("text/html; charset=utf-8", resource("page.html")),
            "/page.css", new Page("text/css; charset=utf-8", resource("page.css")),
            "/page.js", new Page(SCRIPT, resource("page.js")),
            "/abcjs.js", new Page(SCRIPT, resource(ABCJS)),
            "/prompts", new Page("application/json", prompts()));

    /** Something to send as it is. */
    record Page(String type, byte[] content) {
    }

    /** What a path names; null where it names nothing. */
    Page at(String path) {
        return pages.get(path);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jars of this suite do not hold " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] prompts() {
        List<Map<String, String>> all = KnownPrompts.ALL.stream().map(prompt -> Map.of("period", prompt.period(),
                "composer", prompt.composer(), "instrumentation", prompt.instrumentation(), "prompt", prompt.label())).toList();
        try {
            return new ObjectMapper().writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names are always JSON", e);
        }
    }
}

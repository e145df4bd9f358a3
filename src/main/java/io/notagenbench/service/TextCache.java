package io.notagenbench.service;

import io.notagenbench.fault.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Keeps whole texts by key. It never throws and never keeps a request waiting for long: what it cannot tell is not there. */
interface TextCache extends AutoCloseable {

    Duration PAUSE = Duration.ofSeconds(5);
    int HIGHEST_PORT = 65_535;
    /** The path of an address: nothing, or the number of a database. */
    Pattern DATABASE = Pattern.compile("|/|/[0-9]{1,9}");

    Optional<Written> get(String key);

    void put(String key, Written text);

    @Override
    void close();

    /**
     * @param name     as {@code --cache} takes it
     * @param warnings hears a sentence when the cache begins to fail, and one when it works again
     * @return empty for {@code none}
     * @throws Fault (usage) if there is no such cache
     */
    static Optional<TextCache> open(String name, Consumer<String> warnings) {
        if (name.equals("none")) {
            return Optional.empty();
        }
        if (name.equals("caffeine")) {
            return Optional.of(new CaffeineTexts());
        }
        if (name.startsWith("redis://")) {
            return Optional.of(new RedisTexts(redis(name), PAUSE, warnings));
        }
        throw unknown(name);
    }

    private static URI redis(String name) {
        try {
            URI server = new URI(name);
            if (server.getHost() == null || server.getPort() > HIGHEST_PORT || !DATABASE.matcher(server.getRawPath()).matches()
                    || server.getRawQuery() != null || server.getRawFragment() != null) {
                throw unknown(name);
            }
            return server;
        } catch (URISyntaxException e) {
            throw unknown(name);
        }
    }

    private static Fault unknown(String name) {
        return Fault.usage("--cache " + name + " is not possible: give none, caffeine, or redis://host:port.");
    }
}

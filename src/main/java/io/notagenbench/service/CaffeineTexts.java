package io.notagenbench.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;

/** In the memory of this process: the texts that were asked for lately and often. */
final class CaffeineTexts implements TextCache {

    /** Characters, and what a patch takes in addition to its own. */
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int PATCH_OVERHEAD = 48;

    private final Cache<String, Written> texts = Caffeine.newBuilder().maximumWeight(MOST_CHARACTERS)
            .weigher((String key, Written text) -> text.characters() + PATCH_OVERHEAD * (1 + text.patches().size())).build();

    @Override
    public Optional<Written> get(String key) {
        return Optional.ofNullable(texts.getIfPresent(key));
    }

    @Override
    public void put(String key, Written text) {
        texts.put(key, text);
    }

    @Override
    public void close() {
        texts.invalidateAll();
    }
}

package io.notagenbench.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a key of a state dict.
 *
 * @param prefix modules around NotaGen, such as {@code model} in a module of Lightning; empty if there are none
 * @param name   the key that NotaGen itself saves
 */
record TensorName(String prefix, String name) {

    /** What DataParallel, torch.compile, FSDP and activation checkpointing call the module that they wrap. */
    private static final Set<String> WRAPPERS = Set.of("module", "_orig_mod", "_fsdp_wrapped_module",
            "_checkpoint_wrapped_module");
    private static final Set<String> DECODERS = Set.of("patch_level_decoder", "char_level_decoder");

    /** Empty if the key is not that of a tensor of NotaGen's decoders. */
    static Optional<TensorName> of(String key) {
        if (DECODERS.stream().noneMatch(key::contains)) {
            return Optional.empty();
        }
        List<String> modules = new ArrayList<>(List.of(key.split("[.]", -1)));
        modules.removeAll(WRAPPERS);
        for (int i = 0; i < modules.size() - 1; i++) {
            if (DECODERS.contains(modules.get(i))) {
                return Optional.of(new TensorName(String.join(".", modules.subList(0, i)),
                        String.join(".", modules.subList(i, modules.size()))));
            }
        }
        return Optional.empty();
    }
}

package io.notagenbench.engine.pytorch;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.notagenbench.device.BundledLibrary;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.fault.Fault;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The libraries of PyTorch and of DJL's binding, unpacked where DJL would unpack them and under the same names. DJL
 * gets only the folder. Otherwise it would obey variables that images for Python set, such as {@code PYTORCH_VERSION},
 * and download what they name.
 */
final class TorchLibraries {

    private static final String CACHE = "DJL_CACHE_DIR";
    private static final String ENGINE_CACHE = "ENGINE_CACHE_DIR";
    private static final String TORCH = System.mapLibraryName("torch");
    private static final String JNI = System.mapLibraryName("djl_torch");

    /** Their folder; null before the first call, and if the person has named a folder. */
    private static Path prepared;

    private TorchLibraries() {
    }

    /**
     * Makes them ready, before DJL starts PyTorch.
     *
     * @return false if those for this machine are not on the class path
     * @throws io.notagenbench.fault.Fault (failed) if they cannot be unpacked
     */
    static synchronized boolean prepare() {
        if (ofPerson().isPresent()) {
            // DJL unpacks only its own part there
            setDefault(CACHE, folder().place().toString());
            return true;
        }
        if (prepared == null) {
            Platform platform = Platform.detectPlatform("pytorch");
            List<Optional<BundledLibrary>> libraries = platform.isPlaceholder() ? List.of(Optional.empty()) : libraries(platform);
            if (!libraries.stream().allMatch(Optional::isPresent)) {
                return false;
            }
            prepared = folder().holding("PyTorch", "pytorch/" + platform.getVersion() + "-" + platform.getFlavor() + "-"
                    + platform.getClassifier(), libraries.stream().flatMap(Optional::stream).toList());
            System.setProperty(DjlVariables.LIBRARY_PATH, prepared.toString());
        }
        return true;
    }

    /** Returns the libraries. The last one is written last: DJL looks for it to see whether all are there. */
    private static List<Optional<BundledLibrary>> libraries(Platform platform) {
        String machine = platform.getClassifier();
        String flavor = platform.getFlavor();
        return Stream.concat(
                Stream.of(BundledLibrary.find("/jnilib/" + machine + "/" + flavor + "/" + JNI, platform.getApiVersion() + "-" + JNI)),
                Arrays.stream(platform.getLibraries()).sorted(Comparator.comparing(TORCH::equals))
                        .map(name -> BundledLibrary.find("/pytorch/" + flavor + "/" + machine + "/" + name))).toList();
    }

    /** Returns the value that a person gave to a variable of DJL; null if there is none. */
    static String given(String variable) {
        return variable.equals(DjlVariables.LIBRARY_PATH) ? ofPerson().orElse(null) : Utils.getEnvOrSystemProperty(variable);
    }

    /** Folders of a libtorch that the person has named instead. */
    static synchronized Optional<String> ofPerson() {
        return prepared == null ? Optional.ofNullable(Utils.getEnvOrSystemProperty(DjlVariables.LIBRARY_PATH)) : Optional.empty();
    }

    /** Returns the folder that the libraries are in, or would be. */
    static synchronized Path path() {
        return prepared != null ? prepared : ofPerson().map(Path::of).orElseGet(() -> folder().place());
    }

    /** Returns the folder that DJL chooses, or another one for users without a home. */
    private static LibraryFolder folder() {
        return named(ENGINE_CACHE).or(() -> named(CACHE)).orElseGet(() -> LibraryFolder.inHome(".djl.ai", CACHE));
    }

    private static Optional<LibraryFolder> named(String variable) {
        String value = Utils.getEnvOrSystemProperty(variable);
        if (value == null || value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LibraryFolder.named(Path.of(value), variable));
        } catch (InvalidPathException e) {
            throw Fault.failed(variable + "=" + value + " is not a valid path in this locale: export LC_ALL=C.UTF-8.", e);
        }
    }

    private static void setDefault(String property, String value) {
        if (Utils.getEnvOrSystemProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}

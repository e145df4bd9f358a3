package io.notagenbench.engine.pytorch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Variables by which DJL takes another libtorch or another engine, which images for Python and for DJL's own server set
 * for themselves. DJL prefers them to any property, so impossible values are refused before anything starts.
 */
final class DjlVariables {

    static final String LIBRARY_PATH = "PYTORCH_LIBRARY_PATH";

    private static final String ENGINE = "DJL_DEFAULT_ENGINE";
    private static final String EXTRA_LIBRARIES = "PYTORCH_EXTRA_LIBRARY_PATH";
    /** The variables that change which libraries are loaded. */
    private static final List<String> OF_LIBRARIES = List.of(LIBRARY_PATH, EXTRA_LIBRARIES, "PYTORCH_LIBRARY_EXCLUSION",
            "LIBSTDCXX_LIBRARY_PATH");

    private DjlVariables() {
    }

    /**
     * Why a value cannot work, in one sentence with the fix; empty where all can.
     *
     * @param values the value of each variable, null where it has none
     */
    static Optional<String> problem(UnaryOperator<String> values) {
        return engine(values).or(() -> libraryPath(values)).or(() -> extraLibraries(values));
    }

    private static Optional<String> engine(UnaryOperator<String> values) {
        return given(ENGINE, values).filter(engine -> !engine.equals("PyTorch"))
                .map(engine -> ENGINE + "=" + engine + " asks DJL for an engine that the suite does not have: unset " + ENGINE + ".");
    }

    private static Optional<String> libraryPath(UnaryOperator<String> values) {
        String torch = System.mapLibraryName("torch");
        return Optional.ofNullable(values.apply(LIBRARY_PATH)).filter(path -> Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty()).map(Path::of)
                .noneMatch(folder -> Files.isRegularFile(folder.resolve(torch)) || folder.endsWith(torch) && Files.isRegularFile(folder)))
                .map(path -> LIBRARY_PATH + "=" + path + " names no folder with " + torch + ": unset " + LIBRARY_PATH
                        + ", and PyTorch comes out of the suite's own jars.");
    }

    private static Optional<String> extraLibraries(UnaryOperator<String> values) {
        return Optional.ofNullable(values.apply(EXTRA_LIBRARIES)).flatMap(files -> Arrays.stream(files.split(","))
                .filter(file -> !Files.isRegularFile(Path.of(file))).findFirst())
                .map(file -> EXTRA_LIBRARIES + " names '" + file + "', which is not a file: unset " + EXTRA_LIBRARIES + ".");
    }

    /**
     * For the end of a sentence that tells of a failure: which variables may be the cause; empty where none is set.
     *
     * @param failure what was said of it
     */
    static String hint(String failure, UnaryOperator<String> values) {
        List<String> set = OF_LIBRARIES.stream().filter(name -> given(name, values).isPresent()).toList();
        if (set.isEmpty()) {
            return "";
        }
        return "; " + set.stream().map(name -> name + "=" + values.apply(name)).collect(Collectors.joining(" and "))
                + (set.size() == 1 ? " changes" : " change") + " what is loaded: unset " + String.join(" ", set)
                + (failure.contains("jnilib") ? ", or say with PYTORCH_FLAVOR=cpu that it is a libtorch for the CPU" : "");
    }

    private static Optional<String> given(String name, UnaryOperator<String> values) {
        return Optional.ofNullable(values.apply(name)).filter(value -> !value.isEmpty());
    }
}

package io.notagenbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation refers to exists: sections that code cites, files and headings that pages link to. */
class DocsTest {

    private static final Pattern SECTION = Pattern.compile("notagen\\.md,\\s+(?:\\*\\s+)?sections? (\\d+)(?: and (\\d+))?");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,4} (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([\\w./-]*)(?:#([\\w-]+))?\\)(?!`)");
    private static final int README_BYTES = 10 * 1024;

    @Test
    void everySectionThatCodeCitesExists() throws IOException {
        String page = Files.readString(Path.of("docs/notagen.md"));
        Set<String> sections = HEADING.matcher(page).results().map(heading -> heading.group(1).replaceFirst("\\..*", ""))
                .collect(Collectors.toSet());
        Set<String> cited = new TreeSet<>();
        for (Path file : files(Path.of("src"), ".java", ".py")) {
            Matcher citation = SECTION.matcher(Files.readString(file));
            while (citation.find()) {
                cited.add(citation.group(1));
                if (citation.group(2) != null) {
                    cited.add(citation.group(2));
                }
            }
        }
        assertThat(cited).contains("1", "2", "3", "4", "5", "6");
        assertThat(sections).containsAll(cited);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target) || link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    broken.add(page + " links to " + link.group().substring(2, link.group().length() - 1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theFirstPageIsShort() throws IOException {
        assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(README_BYTES);
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("docs", "deploy", "jmh-results", "profiles")) {
            if (Files.isDirectory(Path.of(folder))) {
                pages.addAll(files(Path.of(folder), "README.md", ".md"));
            }
        }
        pages.add(Path.of("README.md"));
        pages.add(Path.of("CONTRIBUTING.md"));
        return pages;
    }

    private static List<Path> files(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(ending -> file.toString().endsWith(ending))).sorted().toList();
        }
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page)).results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}

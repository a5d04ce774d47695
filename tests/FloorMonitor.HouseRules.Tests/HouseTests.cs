using FloorMonitor.HouseRules.Tests.Checks;

namespace FloorMonitor.HouseRules.Tests;

/// <summary>The house as it stands, held against its rules. That each check can fail is shown in <see cref="CheckTests"/>.</summary>
public sealed class HouseTests
{
    [Fact]
    public void Only_a_time_provider_reads_the_clock_and_nobody_sleeps() =>
        Findings.None(Repository.Sources("src", "tests").Where(NotOurSnippets).SelectMany(ClockCheck.In));

    [Fact]
    public void Whoever_catches_everything_says_why() => Findings.None(Repository.Sources("src", "tests").Where(NotOurSnippets).SelectMany(CatchCheck.In));

    [Fact]
    public void Core_speaks_the_words_of_the_floor() => Findings.None(Repository.Sources("src/FloorMonitor.Core").SelectMany(WordsCheck.In));

    [Fact]
    public void Every_public_type_says_what_it_is() => Findings.None(Repository.Sources("src").SelectMany(DocumentationCheck.In));

    [Fact]
    public void Every_test_is_a_sentence_that_runs_and_can_fail() => Findings.None(Repository.Sources("tests").SelectMany(TestNamesCheck.In));

    [Fact]
    public void Every_rule_has_a_test_file_named_for_it()
    {
        var ids = Repository.Sources("src/FloorMonitor.Core").SelectMany(RulesCheck.IdsIn).ToList();
        Assert.Contains("settle-in", ids);
        Findings.None(RulesCheck.Untested(ids, Repository.Files));
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Findings.None(Repository.Files.Where(FilesCheck.IsCode).SelectMany(file => FilesCheck.TooLong(file, Repository.Read(file))));

    [Fact]
    public void No_file_names_a_package_source() =>
        Findings.None(TextFiles().SelectMany(file => FilesCheck.RegistryHosts(file, Repository.Read(file))));

    [Fact]
    public void No_file_names_a_path_of_one_machine() =>
        Findings.None(TextFiles().SelectMany(file => FilesCheck.MachinePaths(file, Repository.Read(file))));

    [Fact]
    public void Nothing_was_left_for_later() =>
        Findings.None(Repository.Files.Where(FilesCheck.IsCode).SelectMany(file => FilesCheck.Leftovers(file, Repository.Read(file))));

    [Fact]
    public void Every_path_that_the_readme_names_is_there()
    {
        if (!Repository.Files.Contains("README.md")) return;
        Findings.None(FilesCheck.MissingPaths("README.md", Repository.Read("README.md"), Repository.Files));
    }

    // The bad snippets that show the checks at work are no breach, nor are the patterns that find them.
    private static bool NotOurSnippets(Source source) => !source.Path.EndsWith("HouseRules.Tests/CheckTests.cs", StringComparison.Ordinal);

    private static IEnumerable<string> TextFiles() =>
        Repository.Files.Where(file => FilesCheck.IsText(file) && !file.EndsWith("HouseRules.Tests/CheckTests.cs", StringComparison.Ordinal));
}

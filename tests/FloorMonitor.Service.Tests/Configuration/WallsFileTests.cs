using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Tests.Configuration;

public sealed class WallsFileTests
{
    private const string Floor = ConfigFolder.Least + "teams:\n  - {id: A}\n  - {id: B}\n";

    [Fact]
    public void Without_a_file_there_is_one_wall_that_shows_everything()
    {
        using var folder = new ConfigFolder().Floor(Floor);
        Assert.Equal([new WallSetup("default")], folder.Load().Config!.Walls);
    }

    [Fact]
    public void Every_key_is_read_and_the_default_wall_is_there_beside_the_named_ones()
    {
        using var folder = new ConfigFolder().Floor(Floor).Write(WallsFile.Name, """
            lobby:
              title: 大厅
              language: en
              names: false
              teams: [A, B, A]
              queues: [anything]
              pages: [{show: overview, for: 40s}, {show: traffic}]
              flashAfter: 90s
              sounds: {on: [critical, warning], volume: 30, quiet: [{from: "22:00", to: "07:00"}, {from: "12:00", to: "13:00"}]}
              night: {from: "21:00", to: "06:30"}
            plain:
            """);
        var (config, errors) = folder.Load();
        Assert.Empty(errors);
        Assert.Equal(
            [
                new("default"),
                new WallSetup("lobby")
                {
                    Title = "大厅",
                    Language = "en",
                    Names = false,
                    Teams = ["A", "B"],
                    Queues = ["anything"],
                    Pages = [new("overview", TimeSpan.FromSeconds(40)), new("traffic", TimeSpan.FromSeconds(20))],
                    FlashAfter = TimeSpan.FromSeconds(90),
                    Sounds = new(["critical", "warning"], 30, [new(new(22, 0, 0), new(7, 0, 0)), new(new(12, 0, 0), new(13, 0, 0))]),
                    Night = new(new(21, 0, 0), new(6, 30, 0)),
                },
                new("plain"),
            ],
            config!.Walls);
    }

    [Theory]
    [InlineData("a b: {}", "walls.yaml:1:1: a b: a wall's name is its address: 1 to 40 letters, digits, dashes or underscores")]
    [InlineData("hall: big", "walls.yaml:1:1: hall: must hold keys of its own")]
    [InlineData("hall: {langauge: zh}", "walls.yaml:1:8: hall.langauge: unknown key; did you mean \"language\"?")]
    [InlineData("hall: {language: fr}", "walls.yaml:1:8: hall.language: \"fr\" is not one of zh, en; known here: en, zh")]
    [InlineData("hall: {names: no}", "walls.yaml:1:8: hall.names: \"no\" is not true or false")]
    [InlineData("hall: {teams: [C]}", "walls.yaml:1:8: hall.teams: there is no team \"C\"; did you mean \"A\"?")]
    [InlineData("hall: {pages: [{show: overvew}]}", "walls.yaml:1:17: hall.pages[0].show: \"overvew\" is not one of overview, queues, agents, traffic; did you mean \"overview\"?")]
    [InlineData("hall: {pages: [{for: 20s}]}", "walls.yaml:1:16: hall.pages[0].show: is required")]
    [InlineData("hall: {pages: [{show: agents, for: 1s}]}", "walls.yaml:1:31: hall.pages[0].for: 1s is outside 5s to 1h")]
    [InlineData("hall: {flashAfter: 1s}", "walls.yaml:1:8: hall.flashAfter: 1s is outside 10s to 1h")]
    [InlineData("hall: {sounds: {on: [loud]}}", "walls.yaml:1:17: hall.sounds.on: \"loud\" is not one of critical, warning, info; known here: critical, info, warning")]
    [InlineData("hall: {sounds: {volume: 101}}", "walls.yaml:1:17: hall.sounds.volume: \"101\" is not a whole number from 0 to 100")]
    [InlineData("hall: {sounds: {quiet: [{from: \"22:00\", to: \"22:00\"}]}}", "walls.yaml:1:41: hall.sounds.quiet[0].to: it ends when it starts")]
    [InlineData("hall: {night: {from: late, to: \"06:00\"}}", "walls.yaml:1:16: hall.night.from: \"late\" is not a time of day such as \"04:00\"")]
    public void A_slip_is_said_with_its_place_and_what_was_meant(string yaml, string expected)
    {
        using var folder = new ConfigFolder().Floor(Floor).Write(WallsFile.Name, yaml);
        Assert.Equal([expected], folder.Errors());
    }

    [Fact]
    public void Sounds_without_more_are_those_of_what_is_critical()
    {
        using var folder = new ConfigFolder().Floor(Floor).Write(WallsFile.Name, "default: {sounds: {quiet: []}}");
        Assert.Equal(new WallSounds(["critical"], 60, []), Assert.Single(folder.Load().Config!.Walls).Sounds);
    }
}

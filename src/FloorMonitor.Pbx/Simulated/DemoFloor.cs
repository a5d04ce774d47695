using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// The floor of the demo: 24 agents in four teams, four queues. What the demo's configuration files say of it (agents.csv,
/// teams, queues) is listed here too, so that a test can hold the two together.
/// </summary>
public static class DemoFloor
{
    /// <summary>The AMI user of the demo's switch.</summary>
    public const string Username = "monitor";

    /// <summary>The secret of the demo's switch, which listens on loopback alone.</summary>
    public const string Secret = "demo";

    /// <summary>The agents as agents.csv lists them.</summary>
    public static ValueArray<AgentSetup> Agents => [.. People.Select(person => new AgentSetup(person.Id, person.Name, person.Team, $"PJSIP/{person.Id}"))];

    /// <summary>Who raises a hand while the demo runs, again in every round of it.</summary>
    public const string RaisesAHand = "1006";

    /// <summary>How long after the demo's beginning the hand goes up, when it goes down again, and after how long all begins anew.</summary>
    public static (TimeSpan Up, TimeSpan Down, TimeSpan Round) HandTimes => (DemoScript.HandUpAt, DemoScript.HandDownAt, DemoScript.Cycle);

    /// <summary>Who takes the duty while the demo runs, so long after its beginning that the floor is seen without one before.</summary>
    public static (string Who, TimeSpan After) TakesTheDuty => ("周海燕", TimeSpan.FromSeconds(90));

    /// <summary>The teams with their leads (班长) and the supervisor (主管).</summary>
    public static ValueArray<TeamSetup> Teams { get; } =
    [
        new("A", "客服一班 Support A", "1001", "周海燕"),
        new("B", "客服二班 Support B", "1007", "周海燕"),
        new("C", "销售班 Sales C", "1013", "Helen Brandt"),
        new("D", "账务班 Billing D", "1019", "Helen Brandt"),
    ];

    /// <summary>The queues with their labels.</summary>
    public static ValueArray<QueueSetup> Queues { get; } =
    [
        new("support", "客服 Support", TimeSpan.FromSeconds(20), ServiceLevelFormula.Offered),
        new("sales", "销售 Sales", TimeSpan.FromSeconds(15), ServiceLevelFormula.Offered),
        new("billing", "账务 Billing", TimeSpan.FromSeconds(30), ServiceLevelFormula.Offered),
        new("vip", "贵宾 VIP", TimeSpan.FromSeconds(10), ServiceLevelFormula.Offered),
    ];

    /// <summary>The floor's plan: a shift that began three hours ago.</summary>
    /// <param name="seed">The seed of what chance decides beside the script.</param>
    public static FloorPlan Plan(ulong seed = 2012) => new()
    {
        Seed = seed,
        Agents = [.. People],
        Queues =
        [
            new QueuePlan("support") { Share = 5, ServiceLevel = TimeSpan.FromSeconds(20) },
            new QueuePlan("sales") { Share = 3, Strategy = "leastrecent", ServiceLevel = TimeSpan.FromSeconds(15) },
            new QueuePlan("billing") { Share = 2, ServiceLevel = TimeSpan.FromSeconds(30), RingFor = TimeSpan.FromSeconds(12) },
            new QueuePlan("vip") { Share = 1, Strategy = "fewestcalls", ServiceLevel = TimeSpan.FromSeconds(10), RingFor = TimeSpan.FromSeconds(10), WrapUp = TimeSpan.FromSeconds(75) },
        ],
        CallsPerHour = 420,
        TalkMedian = TimeSpan.FromSeconds(75),
        Noise = 2,
        WarmUp = DemoScript.ShiftSoFar,
    };

    /// <summary>A switch that shows the demo: the plan with its script.</summary>
    /// <param name="clock">The world's clock.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">How it is reached; null for the demo's own user and secret.</param>
    public static SimulatedPbx CreatePbx(TimeProvider clock, ulong seed = 2012, SimulatedPbxOptions? options = null)
    {
        var pbx = new SimulatedPbx(Plan(seed), options ?? new SimulatedPbxOptions { Username = Username, Secret = Secret }, clock);
        new DemoScript(pbx).Plan();
        return pbx;
    }

    private static readonly AgentPlan[] People =
    [
        Person("1001", "李伟", "A", 0, "support", "vip"),
        Person("1002", "王芳", "A", 1, "support"),
        Person("1003", "张敏", "A", 2, "support"),
        Person("1004", "Anna Berg", "A", 1, "support", "billing"),
        Scripted("1005", "刘洋", "A", 3, "support"),
        Person("1006", "陈静", "A", 95, "support"),
        Person("1007", "Tom O'Neil", "B", 2, "support", "vip"),
        Scripted("1008", "赵磊", "B", null, "support"),
        Person("1009", "黄秀英", "B", 0, "support"),
        Person("1010", "周勇", "B", 4, "support", "sales"),
        Person("1011", "吴娜", "B", 1, "support"),
        Scripted("1012", "Zoë Martin", "B", 2, "support"),
        Person("1013", "徐杰", "C", 1, "sales", "vip"),
        Scripted("1014", "孙涛", "C", 0, "sales"),
        Person("1015", "欧阳明", "C", 2, "sales"),
        Scripted("1016", "Maria Silva", "C", 1, "sales"),
        Scripted("1017", "朱雪梅", "C", null, "sales", "vip"),
        Person("1018", "马建国", "C", 60, "sales"),
        Person("1019", "胡志强", "D", 1, "billing", "vip"),
        Person("1020", "Ken Adams", "D", 0, "billing"),
        Scripted("1021", "郭丽", "D", 2, "billing"),
        Scripted("1022", "何强", "D", 3, "billing", "support"),
        Scripted("1023", "Nina Petrov", "D", null, "billing"),
        Scripted("1024", "林海燕", "D", 1, "vip"),
    ];

    private static AgentPlan Person(string id, string name, string team, int minute, params string[] queues) =>
        new(id, name, team, [.. queues]) { SignsInAfter = TimeSpan.FromMinutes(minute) };

    private static AgentPlan Scripted(string id, string name, string team, int? minute, params string[] queues) =>
        new(id, name, team, [.. queues]) { SignsInAfter = minute is { } after ? TimeSpan.FromMinutes(after) : null, Spontaneous = false, IsScripted = true };
}

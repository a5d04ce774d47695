using System.Text.Json.Serialization.Metadata;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Alerts.Channels;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.History;
using FloorMonitor.Service.Http;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Phone;
using FloorMonitor.Service.Wire;
using Microsoft.AspNetCore.SignalR;
using OpenTelemetry.Metrics;

namespace FloorMonitor.Service.Hosting;

/// <summary>The composition root: every part is made and joined here, and nowhere else.</summary>
internal static class ServiceHost
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    public static WebApplication Build(FloorConfig config, HostSettings settings)
    {
        // The folder of the program, not the folder it was started from: the dashboard lies beside the program.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = [] });
        Listen(builder, settings);
        Logging.Configure(builder.Logging, settings.Logs);
        AddFloor(builder.Services, config, settings);
        AddScreens(builder.Services);
        AddAlerts(builder.Services, settings);
        AddHttp(builder.Services);
        AddMetrics(builder.Services);

        var app = builder.Build();
        app.UseProblems();
        app.UseBrowserGuard();
        app.UseRouting();
        app.MapDashboard();
        app.MapFloor();
        app.MapCommands();
        app.MapDuty();
        app.MapPatrols();
        app.MapHistory();
        app.MapVerdicts();
        app.MapShifts();
        app.MapAudit();
        app.MapAlerts();
        app.MapDeadLetters();
        app.MapWalls();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapHub<FloorHub>("/hubs/floor", HubLimits.Transport);
        return app;
    }

    private static void Listen(WebApplicationBuilder builder, HostSettings settings)
    {
        var urls = settings.Urls ?? builder.Configuration["urls"] ?? DefaultUrl;
        builder.WebHost.UseUrls(urls);
        // A page of the web can point its own name at 127.0.0.1 and read what listens there; so there only local names are answered,
        // unless AllowedHosts says which others are meant (a proxy in front).
        var isLocal = urls.Split(';').All(url => BindingAddress.Parse(url).Host is "localhost" or "127.0.0.1" or "[::1]");
        if (isLocal && (builder.Configuration["AllowedHosts"] ?? "*") == "*") builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]";
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CommandBody.MaxLength;
            kestrel.Limits.MaxRequestLineSize = 4096;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 20_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }

    private static void AddFloor(IServiceCollection services, FloorConfig config, HostSettings settings)
    {
        services.AddSingleton(settings.Time);
        services.AddSingleton(config);
        services.AddSingleton(provider => settings.Store is { } make ? make(config) : StoreFactory.Create(config, settings.DataDirectory, settings.Time, provider.GetRequiredService<ILogger<FloorMonitor.Store.FloorStore>>()));
        services.AddSingleton(provider => settings.Feeds ?? ActivatorUtilities.CreateInstance<FeedFactory>(provider));
        services.AddSingleton(new EngineInbox(settings.InboxCapacity));
        services.AddSingleton<EngineMeter>();
        services.AddSingleton<DeskNotes>();
        services.AddSingleton<FloorBoard>();
        services.AddSingleton<FloorWriter>();
        services.AddSingleton<FeedIntake>();
        services.AddSingleton<FeedHost>();
        services.AddSingleton(provider => new ControlDesk(
            provider.GetRequiredService<FeedHost>().ControlOf,
            provider.GetRequiredService<EngineInbox>(),
            settings.Time,
            provider.GetRequiredService<ILogger<ControlDesk>>()));
        services.AddSingleton<FloorEngine>();
        services.AddHostedService<EngineHost>();
        services.AddSingleton<LiveConfig>();
        services.AddSingleton<ConfigWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<ConfigWatcher>());
        services.AddSingleton<PinGuard>();
        services.AddSingleton<PhoneDoor>();
        services.AddHostedService<PhoneHost>();
        services.AddHostedService<DemoHand>();
        services.AddHostedService<DemoBreaks>();
        services.AddHostedService<DemoDuty>();
    }

    private static void AddAlerts(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(new PatrolPhotos(Path.Combine(settings.DataDirectory, "patrols")));
        services.AddSingleton(new AlertFolder(Path.Combine(settings.DataDirectory, "outbox")));
        services.AddSingleton<AlertMeter>();
        services.AddSingleton(provider => new ChannelFactory(settings.Time, () => provider.GetRequiredService<FeedHost>().PhoneAccount));
        services.AddSingleton<AlertHost>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertHost>());
    }

    private static void AddScreens(IServiceCollection services)
    {
        services.AddSingleton<FloorViews>();
        services.AddSingleton<DayHistory>();
        services.AddSingleton<WallBook>();
        services.AddSingleton<Broadcaster>();
        services.AddHostedService(provider => provider.GetRequiredService<Broadcaster>());
        services.AddSingleton<CommandDoor>();
        services.AddSingleton<VerdictDoor>();
        services.AddSingleton<ShiftDoor>();
        services.AddSignalR(HubLimits.Hub)
            .AddJsonProtocol(json => json.PayloadSerializerOptions = WireFormat.HubSettings)
            .AddMessagePackProtocol(pack => pack.SerializerOptions = WirePack.Options)
            .AddHubOptions<FloorHub>(hub => hub.AddFilter<FloodLimit>());
        services.AddSingleton<FloodLimit>();
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(http =>
        {
            // Only the description of the interface is made from these; answers are written by the wire's own options.
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, WireJson.Default);
            http.SerializerOptions.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        });
        services.AddOpenApi("v1", OpenApiDescription.Configure);
    }

    private static void AddMetrics(IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter(EngineMeter.Name, AlertMeter.Name, "FloorMonitor.Pbx", "FloorMonitor.Store", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections")
        .AddRuntimeInstrumentation()
        .AddPrometheusExporter());
}

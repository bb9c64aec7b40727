//! Rolls dice over MCP.

use rand::Rng;
use rmcp::{
    handler::server::{router::tool::ToolRouter, wrapper::Parameters},
    model::{CallToolResult, Content, ServerCapabilities, ServerInfo},
    schemars, tool, tool_handler, tool_router,
    transport::stdio,
    ErrorData, ServerHandler, ServiceExt,
};
use serde::Deserialize;

#[derive(Debug, Deserialize, schemars::JsonSchema)]
struct Roll {
    /// Number of dice, 1 to 100.
    count: u8,
    /// Sides of each die, 2 to 1000.
    sides: u16,
}

#[derive(Clone)]
struct Dice {
    tool_router: ToolRouter<Self>,
}

#[tool_router]
impl Dice {
    fn new() -> Self {
        Self { tool_router: Self::tool_router() }
    }

    #[tool(description = "Roll dice and return each result")]
    fn roll(&self, Parameters(Roll { count, sides }): Parameters<Roll>) -> Result<CallToolResult, ErrorData> {
        if !(1..=100).contains(&count) || !(2..=1000).contains(&sides) {
            tracing::warn!(event = "roll_refused", count, sides);
            return Err(ErrorData::invalid_params("1 to 100 dice with 2 to 1000 sides", None));
        }
        let mut rng = rand::rng();
        let rolled: Vec<u16> = (0..count).map(|_| rng.random_range(1..=sides)).collect();
        tracing::info!(event = "roll", count, sides);
        Ok(CallToolResult::success(vec![Content::text(format!("{rolled:?}"))]))
    }

    #[tool(description = "Toss a coin")]
    fn toss(&self) -> Result<CallToolResult, ErrorData> {
        tracing::info!(event = "toss");
        let side = if rand::rng().random() { "heads" } else { "tails" };
        Ok(CallToolResult::success(vec![Content::text(side)]))
    }
}

#[tool_handler]
impl ServerHandler for Dice {
    fn get_info(&self) -> ServerInfo {
        ServerInfo {
            capabilities: ServerCapabilities::builder().enable_tools().build(),
            instructions: Some("Rolls dice and tosses coins.".into()),
            ..Default::default()
        }
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    Dice::new().serve(stdio()).await?.waiting().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_without_sides_are_refused() {
        assert!(Dice::new().roll(Parameters(Roll { count: 1, sides: 1 })).is_err());
    }

    #[test]
    fn dice_are_rolled() {
        assert!(Dice::new().roll(Parameters(Roll { count: 3, sides: 6 })).is_ok());
    }
}

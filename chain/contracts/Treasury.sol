// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ATNToken} from "./ATNToken.sol";
import {ForcedErrorPool} from "./ForcedErrorPool.sol";
import {Parameterised} from "./Parameterised.sol";
import {ITreasury} from "./interfaces/ITreasury.sol";

/// @title The protocol's purse, in wei of ATN: receives slashes and forfeits, pays what governance decides.
/// @notice Two things it pays without a vote: fees within a spender's allowance, and what the jackpot pool lacks.
contract Treasury is Parameterised, ITreasury {
    ATNToken public immutable atnToken;
    ForcedErrorPool public forcedErrorRegistry;

    /// @notice What a spender may still pay out as fees.
    mapping(address spender => uint256) public allowances;

    event Paid(address indexed to, uint256 amount);
    event AllowanceSet(address indexed spender, uint256 amount);
    event FeePaid(address indexed spender, address indexed to, uint256 amount);
    event JackpotPoolFilled(uint256 amount);
    event ForcedErrorRegistryChanged(address indexed registry);

    error BalanceTooSmall(uint256 needed, uint256 available);
    error PoolFull(uint256 pool, uint256 target);
    error NothingToFill();

    constructor(address atnToken_, address governance_) Parameterised(governance_) {
        atnToken = ATNToken(atnToken_);
        _declare("jackpotPoolTarget", 10_000e18, 0, 1e30);
    }

    /// @notice Governance pays anyone.
    function pay(address to, uint256 amount) external onlyGovernance {
        uint256 available = atnToken.balanceOf(address(this));
        if (amount > available) revert BalanceTooSmall(amount, available);
        emit Paid(to, amount);
        atnToken.transfer(to, amount);
    }

    /// @notice Governance: how much a spender may pay out as fees from now on.
    function setAllowance(address spender, uint256 amount) external onlyGovernance {
        allowances[spender] = amount;
        emit AllowanceSet(spender, amount);
    }

    /// @notice Spenders within their allowance: all of the amount, or nothing and false.
    function payFee(address to, uint256 amount) external returns (bool paid) {
        if (amount > allowances[msg.sender] || amount > atnToken.balanceOf(address(this))) return false;
        allowances[msg.sender] -= amount;
        emit FeePaid(msg.sender, to, amount);
        return atnToken.transfer(to, amount);
    }

    /// @notice Anyone: fills the pool of the forced-error jackpots up to jackpotPoolTarget, as far as the money goes.
    function topUpJackpots() external returns (uint256 amount) {
        uint256 pool = forcedErrorRegistry.jackpotPool();
        uint256 target = _value("jackpotPoolTarget");
        if (pool >= target) revert PoolFull(pool, target);
        uint256 available = atnToken.balanceOf(address(this));
        amount = target - pool < available ? target - pool : available;
        _fill(amount);
    }

    /// @notice Governance: puts so much into the pool of the forced-error jackpots, also above the target.
    function fundJackpots(uint256 amount) external onlyGovernance {
        _fill(amount);
    }

    /// @notice Governance names the registry whose pool is filled.
    function setForcedErrorRegistry(address registry) external onlyGovernance {
        forcedErrorRegistry = ForcedErrorPool(registry);
        emit ForcedErrorRegistryChanged(registry);
    }

    function _fill(uint256 amount) private {
        if (amount == 0) revert NothingToFill();
        atnToken.approve(address(forcedErrorRegistry), amount);
        emit JackpotPoolFilled(amount);
        forcedErrorRegistry.fundJackpotPool(amount);
    }
}

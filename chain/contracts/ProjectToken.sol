// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {IRevenueShares} from "./interfaces/IRevenueShares.sol";

/// @title A project's token (PT): investment, inference discount, share of revenue. 18 decimals.
/// @notice Deployed and minted by the Project contract, which settles both sides' revenue before each movement.
contract ProjectToken is ERC20, ERC20Burnable {
    address public immutable project;
    uint256 public immutable projectId;

    error NotProject(address caller, address project);

    constructor(string memory name_, string memory symbol_, uint256 projectId_) ERC20(name_, symbol_) {
        project = msg.sender;
        projectId = projectId_;
    }

    /// @notice Project contract only. Amount in wei of PT.
    function mint(address to, uint256 amount) external {
        if (msg.sender != project) revert NotProject(msg.sender, project);
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        IRevenueShares(project).settleShares(projectId, from, to);
        super._update(from, to, value);
    }
}
